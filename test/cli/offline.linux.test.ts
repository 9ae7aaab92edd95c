import { join } from 'node:path';
import { run, RENDER_ONLY } from '../support/cli.ts';
import { asRoot, describeUnless, ROOT_NEEDED } from '../support/requirements.ts';
import { temporary } from '../support/temporary.ts';
import { contents } from '../support/tree.ts';

const root = asRoot();

describeUnless(root ? undefined : ROOT_NEEDED, 'without a network', () => {
  it('renders the same project', async () => {
    const cwd = temporary();
    const user = [
      '--reuid',
      String(process.getuid?.()),
      '--regid',
      String(process.getgid?.()),
      '--clear-groups',
    ];
    // In this namespace there is no interface, not even loopback.
    const wrapper = [...(root ?? []), 'unshare', '--net', 'setpriv', ...user];
    const offline = await run(['offline/my-api', ...RENDER_ONLY], { cwd, wrapper });
    expect(offline.status).toBe(0);
    await run(['online/my-api', ...RENDER_ONLY], { cwd });
    expect(contents(join(cwd, 'offline', 'my-api'))).toEqual(contents(join(cwd, 'online', 'my-api')));
  });
});
