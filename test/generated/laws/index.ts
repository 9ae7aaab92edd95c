import { anatomy } from './anatomy.ts';
import { checksExist } from './checks.ts';
import { hygiene } from './hygiene.ts';
import type { Law } from './law.ts';
import { noFeatureNamesAnother, nothingOfOptionsThatAreOff } from './names.ts';
import { oneOwnerPerPath } from './ownership.ts';
import { makingIsRecorded } from './record.ts';
import { foreignSyntaxSurvives } from './syntax.ts';

/** The laws of the design that speak of folders and of what is rendered from them, by what they ask. */
export const LAWS = {
  'every feature folder has the same parts, with exact versions': anatomy,
  'no feature names another': noFeatureNamesAnother,
  'a project speaks only of what it contains': nothingOfOptionsThatAreOff,
  'every configuration can be rendered': ({ failures }) => failures,
  'a path has one owner': oneOwnerPerPath,
  "nothing of the output's own syntax is eaten": foreignSyntaxSurvives,
  'a rendered text carries nothing of the machine or the moment': hygiene,
  'every check is a command of the project': checksExist,
  'a project remembers its making': makingIsRecorded,
} satisfies Readonly<Record<string, Law>>;
