/**
 * The parts of @angular-devkit/schematics that we use: its virtual tree and its rules.
 *
 * Imported file by file, since the package's index also loads its engine and workflow, which start slower than our whole run.
 */
export { callRule } from '@angular-devkit/schematics/src/rules/call.js';
export { chain, mergeWith, source } from '@angular-devkit/schematics/src/rules/base.js';
export { HostTree } from '@angular-devkit/schematics/src/tree/host-tree.js';
export { MergeStrategy, type Tree } from '@angular-devkit/schematics/src/tree/interface.js';
export type { Rule, SchematicContext } from '@angular-devkit/schematics/src/engine/interface.js';
