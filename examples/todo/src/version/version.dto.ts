/** What is running. */
export class VersionDto {
  /** The version in `package.json`. */
  readonly version!: string;
  /** The commit from which the image was built, or `unknown`. */
  readonly commit!: string;
  /** When the image was built, or `unknown`. */
  readonly buildTime!: string;
  /** The newest migration that the database has, or `none`; `unknown` while it can't be asked. */
  readonly schemaVersion!: string;
}
