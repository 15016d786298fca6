/** An image reference, wherever it stands: a SQL Server, or what a client runs on. */
import type { Endpoint } from '../../../model/connection.ts';
import type { DriverDeclaration, RuntimeDeclaration, ServerDeclaration } from '../../../model/declaration.ts';
import type { ImageMeaning, Vocabulary } from '../../../model/vocabulary.ts';
import type { SourceText } from '../../text/source-text.ts';
import { driverDeclaration } from '../driver-declaration.ts';

export interface ImageReference {
  /** The reference with its variables filled in. */
  readonly value: string;
  /** Offsets of the reference as written. */
  readonly start: number;
  readonly end: number;
}

/** `null` unless the image runs a SQL Server. */
export function declareServer(
  source: SourceText,
  image: ImageReference,
  vocabulary: Vocabulary,
  endpoints: readonly Endpoint[] = [],
): ServerDeclaration | null {
  const { server } = meaningOf(image.value, vocabulary);
  if (!server) return null;
  const { product, id, stack } = server;
  return {
    kind: 'server',
    ...written(source, image),
    scope: source.folder,
    image: image.value,
    product,
    server: id,
    stack,
    endpoints,
  };
}

/** `null` when the image does not say what runs in it. */
export function declareRuntime(
  source: SourceText,
  image: ImageReference,
  vocabulary: Vocabulary,
  scope: string = source.folder,
): RuntimeDeclaration | null {
  const { runtime } = meaningOf(image.value, vocabulary);
  return runtime && { kind: 'runtime', ...written(source, image), scope, ...runtime, lowerBound: false };
}

/** A driver's own tools, as an image. */
export function declareTools(
  source: SourceText,
  { value, start, end }: ImageReference,
  vocabulary: Vocabulary,
): DriverDeclaration[] {
  const name = value.replace(/(?::[^/]*|@.*)$/, '');
  const isWritten = source.text.startsWith(name, start);
  return driverDeclaration(source, vocabulary, {
    ecosystem: 'docker-image',
    package: name,
    version: null,
    role: 'uses',
    start,
    end: isWritten ? start + name.length : end,
  });
}

/** Still to be filled in: `$TAG`, `$(tag)`, `{{ tag }}`, `<< tag >>`, `#{tag}#`, `__TAG__`. */
const PLACEHOLDER = /\$|\{\{|<<|#\{|__\w+__/;

/** Of a reference with something to be filled in, what the rest says: the registry and the tag are what people leave open. */
function meaningOf(reference: string, vocabulary: Vocabulary): ImageMeaning {
  const meaning = vocabulary.meaningOfImage(reference);
  if (meaning.server || meaning.runtime || !PLACEHOLDER.test(reference)) return meaning;
  const slash = reference.indexOf('/');
  const path = PLACEHOLDER.test(reference.slice(0, slash + 1)) ? reference.slice(slash + 1) : reference;
  const within = vocabulary.meaningOfImage(path);
  if (within.server || within.runtime) return within;
  const colon = path.search(/(?<![/$]):|@/);
  return colon >= 0 && PLACEHOLDER.test(path.slice(colon))
    ? vocabulary.meaningOfImage(path.slice(0, colon))
    : within;
}

function written(source: SourceText, { start, end }: ImageReference) {
  return { span: source.span(start, end), text: source.text.slice(start, end) };
}
