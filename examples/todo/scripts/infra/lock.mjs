// @ts-check
// Locks the providers of each root for all platforms. Needs a way to the registry of Terraform, and no account.
//   node scripts/infra/lock.mjs
import { PLATFORMS, isRoot } from './lock-files.mjs';
import { configurations, requireTerraform, terraform } from './terraform.mjs';

await requireTerraform();
const platforms = PLATFORMS.map((platform) => `-platform=${platform}`);
for (const folder of configurations().filter(isRoot)) {
  console.log(`${folder}: locking for ${PLATFORMS.join(', ')}…`);
  for (const args of [['get'], ['providers', 'lock', ...platforms]]) {
    const { status, stdout, stderr } = await terraform(args, { folder });
    if (status === 0) continue;
    console.error(`${stdout}${stderr}`.trim());
    if (
      /failed to (query|retrieve)|could not (connect|query)|no such host|i\/o timeout|lookup /i.test(stderr)
    ) {
      console.error(
        "\nThe registry of Terraform can't be reached from here, or doesn't have that provider. Run this where it can, and commit the files.",
      );
    }
    process.exit(1);
  }
}
console.log('Commit each .terraform.lock.hcl: what is tested is then what is applied.');
