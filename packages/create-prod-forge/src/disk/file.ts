/** A file of the project. */
export interface ProjectFile {
  /** Relative to the project, with `/` as separator. */
  readonly path: string;
  readonly content: Uint8Array | string;
  readonly executable?: boolean;
}

/** @throws RangeError for a path that could leave the project or that some system can't store */
export function assertPortable(path: string): void {
  const portable = path
    .split('/')
    .every((segment) => /^(?!\.{1,2}$)[^\\:*?"<>|\p{Cc}]*[^\\:*?"<>|\p{Cc}. ]$/u.test(segment));
  if (!portable) throw new RangeError(`The path ${JSON.stringify(path)} can't be part of a project.`);
}
