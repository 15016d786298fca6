/** What a job of a pipeline says, whichever service runs it. */
import type {
  ConnectionDeclaration,
  Declaration,
  RuntimeDeclaration,
  ServerDeclaration,
} from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareRuntime } from '../containers/declare-image.ts';
import type { PlacedValue } from './placeholders.ts';
import type { Script } from './script.ts';

export interface Job {
  readonly servers: readonly ServerDeclaration[];
  readonly connections: readonly ConnectionDeclaration[];
  /** Machines, images and tools that it asks for. */
  readonly runtimes: readonly RuntimeDeclaration[];
  readonly scripts: readonly Script[];
}

/**
 * What a job runs on, and what it installs, says something of the repository's clients only when they run there: a job
 * that only lints or builds is silent.
 */
export function declareJob({ servers, connections, runtimes, scripts }: Job): Declaration[] {
  const talks = [
    ...servers,
    ...connections,
    ...scripts.flatMap((script) => [...script.servers, ...script.connections]),
  ];
  if (talks.length === 0) return [];
  return [...talks, ...runtimes, ...scripts.flatMap(({ changes }) => changes)];
}

/** A machine by its label: `ubuntu-24.04`, `windows-2022`. */
export function runnerOf(
  source: SourceText,
  { value, start, end }: PlacedValue,
  vocabulary: Vocabulary,
  scope: string = source.folder,
): RuntimeDeclaration[] {
  const stack = vocabulary.stackOfRunner(value);
  if (stack === null) return [];
  const place = { span: source.span(start, end), text: source.text.slice(start, end), scope };
  return [{ kind: 'runtime', ...place, platform: 'os', version: null, lowerBound: false, stack }];
}

export function runtimesOfImages(
  source: SourceText,
  images: readonly PlacedValue[],
  vocabulary: Vocabulary,
  scope: string = source.folder,
): RuntimeDeclaration[] {
  return images.flatMap((image) => declareRuntime(source, image, vocabulary, scope) ?? []);
}

/** Jobs often say the same again: drivers and runtimes are told once. */
export function withoutRepeats(declared: readonly Declaration[]): Declaration[] {
  const first = new Map<string, Declaration>();
  for (const one of declared) {
    const key = keyOf(one);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

function keyOf(one: Declaration): string {
  if (one.kind === 'driver') return `${one.driver} ${one.package} ${one.version} ${one.scope}`;
  if (one.kind === 'runtime') return `${one.platform} ${one.version} ${one.stack} ${one.scope}`;
  return `${one.kind} ${one.span.start} ${one.span.end} ${one.scope}`;
}
