/** Steps that put a runtime of a certain version on the machine: data, by the name of the step's action or task. */
import type { Platform, RuntimeDeclaration } from '../../../model/declaration.ts';
import type { SourceText } from '../../text/source-text.ts';
import type { PlacedValue } from './placeholders.ts';

export interface ToolSetup {
  readonly name: RegExp;
  readonly platform: Platform;
  /** The input that holds the version. */
  readonly input: string;
}

/** https://github.com/actions, "Usage" of each. */
export const SETUP_ACTIONS: readonly ToolSetup[] = [
  { name: /^actions\/setup-java@/i, platform: 'jdk', input: 'java-version' },
  { name: /^actions\/setup-node@/i, platform: 'node', input: 'node-version' },
  { name: /^actions\/setup-python@/i, platform: 'python', input: 'python-version' },
  { name: /^actions\/setup-go@/i, platform: 'go', input: 'go-version' },
  { name: /^actions\/setup-dotnet@/i, platform: 'dotnet', input: 'dotnet-version' },
];

/** https://learn.microsoft.com/azure/devops/pipelines/tasks/reference */
export const SETUP_TASKS: readonly ToolSetup[] = [
  { name: /^JavaToolInstaller@/i, platform: 'jdk', input: 'versionSpec' },
  { name: /^NodeTool@/i, platform: 'node', input: 'versionSpec' },
  { name: /^UseNode@/i, platform: 'node', input: 'version' },
  { name: /^UsePythonVersion@/i, platform: 'python', input: 'versionSpec' },
  { name: /^GoTool@/i, platform: 'go', input: 'version' },
  { name: /^UseDotNet@/i, platform: 'dotnet', input: 'version' },
];

/** `18`, `18.x`, `v20.1.0`, `8.0.x`, `~1.21`, `8u292`; `null` for `lts/*`, `latest` and what stands in a variable. */
const VERSION = /^[\^~]?v?(\d+(?:\.\d+)*(?:u\d+)?)(?:\.[x*])*(?:[+-].*)?$/i;

export function runtimeSetUp(
  source: SourceText,
  { platform }: ToolSetup,
  { value, start, end }: PlacedValue,
  scope: string = source.folder,
): RuntimeDeclaration {
  return {
    kind: 'runtime',
    span: source.span(start, end),
    text: source.text.slice(start, end),
    scope,
    platform,
    version: VERSION.exec(value.trim().slice(0, 100))?.[1] ?? null,
    lowerBound: false,
    stack: null,
  };
}
