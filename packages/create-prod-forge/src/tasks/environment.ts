/** Variables that belong to the command that started us and would misdirect another one of npm or git. */
const FOREIGN = [
  /^npm_(package|lifecycle)_/i,
  /^npm_(command|execpath|node_execpath)$/i,
  /^npm_config_(global|location|local_prefix|workspaces?|include_workspace_root|dry_run|package|call)$/i,
  /^INIT_CWD$/i,
  // A shell's NODE_ENV=production would leave out what the project is built with.
  /^(NODE_ENV|npm_config_(omit|production))$/i,
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX)$/i,
];

/** The environment for a command that works in another project than the one we were started in. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !FOREIGN.some((pattern) => pattern.test(name))),
  );
}
