import { GetParameterCommand, paginateGetParametersByPath, PutParameterCommand } from '@aws-sdk/client-ssm';
import type { Call } from '#deploy/cloud/cloud';
import { parseDeployment, type Deployment } from '#deploy/core/deployment';
import { problem, Refusal } from '#deploy/core/problem';
import { parseRelease, releaseName, type Release } from '#deploy/core/release';

export function readDeployment(name: string): Call<Deployment> {
  return async ({ parameters }, abortSignal) => {
    try {
      const { Parameter } = await parameters.send(new GetParameterCommand({ Name: name }), { abortSignal });
      return parseDeployment(Parameter?.Value ?? '{}');
    } catch (error) {
      if ((error as Error).name !== 'ParameterNotFound') throw error;
      throw new Refusal([
        problem(
          'no-environment',
          `There is no parameter ${name} in this account and region.`,
          'Apply Terraform to the environment first, or log in to its account and set AWS_REGION.',
        ),
      ]);
    }
  };
}

/** A value that is kept encrypted, such as a password; a {@link Refusal} where there is none. */
export function readSecret(name: string): Call<string> {
  return async ({ parameters }, abortSignal) => {
    try {
      const { Parameter } = await parameters.send(
        new GetParameterCommand({ Name: name, WithDecryption: true }),
        { abortSignal },
      );
      return Parameter?.Value ?? '';
    } catch (error) {
      if ((error as Error).name !== 'ParameterNotFound') throw error;
      throw new Refusal([
        problem(
          'no-secret',
          `There is no parameter ${name}, which environments.json names.`,
          `aws ssm put-parameter --type SecureString --name ${name} --value …`,
        ),
      ]);
    }
  };
}

export function readReleases(path: string): Call<readonly Release[]> {
  return async ({ parameters: client }, abortSignal) => {
    const found: Release[] = [];
    for await (const { Parameters } of paginateGetParametersByPath(
      { client },
      { Path: path },
      { abortSignal },
    ))
      found.push(...(Parameters ?? []).flatMap(({ Value }) => parseRelease(Value ?? '') ?? []));
    return found;
  };
}

/** Claims the number of a release: of two who try, one is told that it was taken. */
export function claimRelease(path: string, release: Release): Call<void> {
  return async ({ parameters }, abortSignal) => {
    try {
      await parameters.send(new PutParameterCommand({ ...parameterOf(path, release), Overwrite: false }), {
        abortSignal,
      });
    } catch (error) {
      if ((error as Error).name !== 'ParameterAlreadyExists') throw error;
      throw new Refusal([
        problem(
          'under-way',
          `Somebody else has just begun release ${release.number}.`,
          'See what it does with the command releases, and try again when it is done.',
        ),
      ]);
    }
  };
}

export function writeRelease(path: string, release: Release): Call<void> {
  return async ({ parameters }, abortSignal) => {
    await parameters.send(new PutParameterCommand({ ...parameterOf(path, release), Overwrite: true }), {
      abortSignal,
    });
  };
}

function parameterOf(path: string, release: Release) {
  return {
    Name: releaseName(path, release.number),
    Value: JSON.stringify(release),
    Type: 'String',
    Description: 'A release; written by the command deploy or rollback',
  } as const;
}
