/** XML with places: a thin layer over parse-xml that finds where text and attribute values stand in the file. */
import { parseXml, XmlElement, XmlError, XmlText } from '@rgrove/parse-xml';
import { Unreadable } from '../reader.ts';
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
  /** Place of that text, blanks around it left out. */
  readonly textRange: Range;
  readonly range: Range;
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
    const { root } = parseXml(source.text, { includeOffsets: true, ignoreUndefinedEntities: true });
    if (!root) throw new Unreadable('expected an XML element', 0);
    return element(source.text, root);
  } catch (error) {
    if (error instanceof XmlError) throw new Unreadable(reasonOf(error), error.pos ?? 0);
    throw error;
  }
}

function reasonOf({ message }: XmlError): string {
  return message.split(' (line')[0]?.split('\n')[0] ?? message;
}

function element(text: string, node: XmlElement): Element {
  const children = node.children.filter((child): child is XmlElement => child instanceof XmlElement);
  const texts = node.children.filter((child): child is XmlText => child instanceof XmlText);
  const first = texts[0];
  const last = texts.at(-1);
  const textRange =
    first && last
      ? trimmed(text, { start: first.start, end: last.end })
      : { start: node.start, end: node.start };
  return {
    name: node.name.slice(node.name.indexOf(':') + 1),
    attributes: attributesOf(text, node),
    children: children.map((child) => element(text, child)),
    text: children.length > 0 ? '' : node.text.trim(),
    textRange,
    range: { start: node.start, end: node.end },
  };
}

const ATTRIBUTE = /([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/dy;

/** The parser gives values without places, so the start tag is read once more. */
function attributesOf(text: string, node: XmlElement): readonly Attribute[] {
  const found: Attribute[] = [];
  let at = node.start + 1 + node.name.length;
  while (at < node.end) {
    while (/\s/.test(text[at] ?? '')) at += 1;
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(text);
    const name = match?.[1];
    const place = match?.indices?.[2] ?? match?.indices?.[3];
    if (!match || name === undefined || !place) break;
    found.push({ name, value: node.attributes[name] ?? '', range: { start: place[0], end: place[1] } });
    at = ATTRIBUTE.lastIndex;
  }
  return found;
}

function trimmed(text: string, { start, end }: Range): Range {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  return { start: from, end: Math.max(from, end - (raw.length - raw.trimEnd().length)) };
}

/** Every element below and including `root`, in document order. */
export function* descendants(root: Element): Generator<Element> {
  yield root;
  for (const child of root.children) yield* descendants(child);
}

/** Names compare without case, as MSBuild and .NET configuration do. */
export function attribute(of: Element, name: string): Attribute | undefined {
  return of.attributes.find((one) => one.name.toLowerCase() === name.toLowerCase());
}

export function child(of: Element, name: string): Element | undefined {
  return of.children.find((one) => one.name.toLowerCase() === name.toLowerCase());
}
