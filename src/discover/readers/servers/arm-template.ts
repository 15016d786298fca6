/**
 * ARM templates and their files of parameters: servers of Azure SQL and the lowest TLS they take.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
 */
import type { Node } from 'jsonc-parser';
import type { Declaration } from '../../../model/declaration.ts';
import type { Vocabulary } from '../../../model/vocabulary.ts';
import type { Reader } from '../../reader.ts';
import { entriesOf, member, readJson, stringRange } from '../../text/json-tree.ts';
import type { SourceText } from '../../text/source-text.ts';
import { declareAzureServer, declareImageOffer, declareMinimumTls } from './azure-sql.ts';
import type { Written } from './written.ts';

const SCHEMA =
  /schema\.management\.azure\.com\/schemas\/[^"\s]{1,100}\/(?:\w*[dD]eploymentTemplate|(deploymentParameters))\.json/;
/** The schema stands at the beginning. */
const SCHEMA_WITHIN = 2000;

export const armTemplate: Reader = {
  id: 'arm-template',
  words: SCHEMA,
  matches: (path) => /\.(?:json|jsonc)$/i.test(path),
  read(source, vocabulary) {
    const schema = SCHEMA.exec(source.text.slice(0, SCHEMA_WITHIN));
    if (!schema) return [];
    const root = readJson(source);
    return schema[1] ? parameters(source, root) : resources(source, vocabulary, root);
  },
};

function parameters(source: SourceText, root: Node): Declaration[] {
  return entriesOf(member(root, 'parameters')).flatMap(([name, parameter]) =>
    /minimalTlsVersion$/i.test(name) ? declareMinimumTls(source, literal(member(parameter, 'value'))) : [],
  );
}

/** Defaults of parameters and values of variables, under `parameters.x` and `variables.x`. */
type Names = ReadonlyMap<string, Written | null>;

/** Resources stand in lists, in resources, in nested templates, or by name: every object is looked at. */
function resources(source: SourceText, vocabulary: Vocabulary, root: Node): Declaration[] {
  const names: Names = new Map([
    ...entriesOf(member(root, 'parameters')).map(
      ([name, parameter]) => [`parameters.${name}`, literal(member(parameter, 'defaultValue'))] as const,
    ),
    ...entriesOf(member(root, 'variables')).map(
      ([name, value]) => [`variables.${name}`, literal(value)] as const,
    ),
  ]);
  const found: Declaration[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(...resource(source, vocabulary, node, names));
    for (const child of (node.children ?? []).toReversed()) open.push(child);
  }
  return found;
}

function resource(source: SourceText, vocabulary: Vocabulary, node: Node, names: Names): Declaration[] {
  if (node.type !== 'object') return [];
  const of = (key: string, within: Node | undefined = node) => settled(literal(member(within, key)), names);
  const type = literal(member(node, 'type'));
  const offer = member(node, 'publisher') ? declareImageOffer(source, vocabulary, of('offer')) : [];
  if (!type?.value) return offer;
  const minimumTls = of('minimalTlsVersion', member(node, 'properties') ?? node);
  const isReference = member(node, 'existing')?.value === true;
  return [
    ...offer,
    ...declareAzureServer(source, vocabulary, { type, name: of('name'), minimumTls, isReference }),
  ];
}

const REFERENCE = /^\[\s*(parameters|variables)\('([^']{1,200})'\)\s*\]$/;

/** A literal, the default of a parameter, a variable; any other expression has no value. */
function settled(text: Written | null, names: Names): Written | null {
  if (!text?.value?.startsWith('[')) return text;
  const [, kind, name] = REFERENCE.exec(text.value) ?? [];
  const known = names.get(`${kind}.${name}`);
  return known?.value && !known.value.startsWith('[') ? known : { ...text, value: null };
}

function literal(node: Node | undefined): Written | null {
  return node?.type === 'string' ? { value: String(node.value), ...stringRange(node) } : null;
}
