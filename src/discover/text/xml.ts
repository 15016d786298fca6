/** XML with places: a thin layer over parse-xml that finds where text and attribute values stand in the file. */
import { parseXml, XmlCdata, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';
import { Unreadable } from '../reader.ts';
import { fromXmlText } from './decoded.ts';
import type { SourceText } from './source-text.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Element {
  /** Without a namespace prefix. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Element[];
  /** Character data with entities resolved, trimmed; `''` for an element with children. */
  readonly text: string;
  /** Place of that text: blanks and comments around it and the marks of a CDATA section left out. */
  readonly textRange: Range;
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
  /** Between the quotes. */
  readonly range: Range;
}

/** The root element. @throws {Unreadable} at the parser's place when the text is no well-formed XML. */
export function readXml(source: SourceText): Element {
  try {
    const { root } = parseXml(sameShape(source.text), {
      includeOffsets: true,
      ignoreUndefinedEntities: true,
      preserveCdata: true,
      preserveComments: true,
    });
    if (!root) throw new Unreadable('expected an XML element', 0);
    return element(source, root);
  } catch (error) {
    if (error instanceof XmlError) throw new Unreadable(reasonOf(error), error.pos ?? 0);
    // Parser and reader call themselves once per level.
    if (error instanceof RangeError) throw new Unreadable('nested too deeply', 0);
    throw error;
  }
}

/**
 * The same markup at the same offsets. The parser counts places of errors in code points, and takes quadratic time over
 * the carriage returns of one text; values are read from the file itself.
 */
function sameShape(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '__').replaceAll('\r', ' ');
}

/** The parser goes on to quote the text, which may hold a secret. */
function reasonOf({ message }: XmlError): string {
  return message.split(' (line')[0]?.split('\n')[0] ?? message;
}

function element(source: SourceText, node: XmlElement): Element {
  const children = node.children.filter((child): child is XmlElement => child instanceof XmlElement);
  return {
    name: node.name.slice(node.name.indexOf(':') + 1),
    attributes: attributesOf(source, node),
    children: children.map((child) => element(source, child)),
    ...(children.length > 0
      ? { text: '', textRange: { start: node.start, end: node.start } }
      : textOf(source, node)),
  };
}

/** A comment inside a text parts it into several; the place runs from the first to the last. */
function textOf(source: SourceText, node: XmlElement): Pick<Element, 'text' | 'textRange'> {
  const pieces = node.children.flatMap((child) => (child instanceof XmlText ? [pieceOf(source, child)] : []));
  const ranges = pieces.map(({ range }) => range).filter(({ start, end }) => end > start);
  return {
    text: pieces
      .map(({ text }) => text)
      .join('')
      .trim(),
    textRange: { start: ranges[0]?.start ?? node.start, end: ranges.at(-1)?.end ?? node.start },
  };
}

function pieceOf(source: SourceText, node: XmlText): { text: string; range: Range } {
  if (!(node instanceof XmlCdata))
    return {
      text: fromXmlText(source, node.start, node.end).text,
      range: trimmed(source, node.start, node.end),
    };
  const [start, end] = [node.start + '<![CDATA['.length, node.end - ']]>'.length];
  return { text: source.text.slice(start, end), range: trimmed(source, start, end) };
}

const ATTRIBUTE = /([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/dy;

/** The parser gives values without places, so the start tag is read once more. */
function attributesOf(source: SourceText, node: XmlElement): readonly Attribute[] {
  const found: Attribute[] = [];
  const { text } = source;
  let at = node.start + 1 + node.name.length;
  while (at < node.end) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text);
    const name = match?.[1];
    const place = match?.indices?.[2] ?? match?.indices?.[3];
    if (!match || name === undefined || !place) break;
    const [start, end] = place;
    found.push({ name, value: fromXmlText(source, start, end).text, range: { start, end } });
    at = ATTRIBUTE.lastIndex;
  }
  return found;
}

function trimmed({ text }: SourceText, start: number, end: number): Range {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  return { start: from, end: Math.max(from, end - (raw.length - raw.trimEnd().length)) };
}

/** Every element below and including `root`, in document order. */
export function* descendants(root: Element): Generator<Element> {
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    for (const child of next.children.toReversed()) open.push(child);
  }
}

/** Names compare without case, as MSBuild and .NET configuration do. */
export function attribute(of: Element, name: string): Attribute | undefined {
  return of.attributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

export function child(of: Element, name: string): Element | undefined {
  return of.children.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
