/** Pipelines: every reader of this family. */
import type { Reader } from '../../reader.ts';
import { azurePipelines } from './azure-pipelines.ts';
import { bitbucketPipelines } from './bitbucket-pipelines.ts';
import { circleci } from './circleci.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { workflow } from './workflow.ts';

export const PIPELINES: readonly Reader[] = [
  workflow,
  gitlabCi,
  azurePipelines,
  bitbucketPipelines,
  circleci,
];
