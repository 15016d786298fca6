/** The inventory for people, as JSON (schema/inventory.schema.json) and as CSV (RFC 4180). */
import type { DeclarationResult } from '../model/check-report.ts';
import { formatEndpoint } from '../model/connection.ts';
import type { Declaration } from '../model/declaration.ts';
import type { FileExplanation, Inventory } from '../model/inventory.ts';
import { formatAddress, type Target } from '../model/target.ts';
import { declarationWords } from './declaration-words.ts';
import { wrapped } from './display-width.ts';
import { declarationResult } from './report-of.ts';
import { painter, type Style } from './style.ts';
import { counted, printable, prose } from './words.ts';

export const INVENTORY_FORMATS = ['terminal', 'json', 'csv'] as const;
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

export function renderInventory(
  format: InventoryFormat,
  inventory: Inventory,
  filesRead: number,
  style: Style,
): string {
  switch (format) {
    case 'terminal':
      return forPeople(inventory, filesRead, style);
    case 'json':
      return `${JSON.stringify(asJson(inventory), null, 2).replaceAll('##[', '##\\u005b')}\n`;
    case 'csv':
      return asCsv(inventory);
  }
}

function forPeople({ clients, targets, unassigned }: Inventory, filesRead: number, style: Style): string {
  const paint = painter(style);
  const indent = (text: string, by: number) =>
    wrapped(text, style.width - by).map((line, index) => `${' '.repeat(index === 0 ? by : by + 2)}${line}`);
  const listed = (declarations: readonly Declaration[]) =>
    declarations.flatMap((one) => [
      ...indent(`${place(one)} ${prose(wordsOf(one))}`, 2),
      ...(one.kind === 'unreadable' ? [] : [`    ${paint.dim(shortText(one.text))}`]),
    ]);
  const head = `${counted(clients.length, 'client')}, ${counted(targets.length, 'target')}, ${counted(unassigned.length, 'declaration')} unassigned, in ${counted(filesRead, 'file')} read.`;
  const blocks = [
    paint.bold(head),
    ...clients.map(({ client, targets: to, declarations }) =>
      [
        paint.bold(`client ${prose(client.name)}: ${prose(driverWords(client.driver))}`),
        ...listed(declarations),
        `  -> ${to.length > 0 ? to.map(prose).join(', ') : 'no target'}`,
      ].join('\n'),
    ),
    ...targets.map(({ target, clients: from, declarations }) =>
      [
        paint.bold(`target ${prose(target.name)}: ${prose(targetWords(target))}`),
        ...(declarations.length > 0
          ? listed(declarations)
          : [`  ${printable(target.span.file)}:${target.span.line}`]),
        `  <- ${from.length > 0 ? from.map(prose).join(', ') : 'no client'}`,
      ].join('\n'),
    ),
    unassigned.length === 0
      ? ''
      : [
          paint.bold('unassigned'),
          ...unassigned.flatMap(({ declaration, reason }) => [
            ...listed([declaration]),
            ...indent(prose(reason), 4),
          ]),
        ].join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const place = ({ span }: Declaration) => `${printable(span.file)}:${span.line}:${span.column}`;
const wordsOf = (declaration: Declaration) => declarationWords(declarationResult(declaration));
const driverWords = ({ label, version }: { label: string; version: string | null }) =>
  `${label} ${version ?? 'of unknown version'}`;
const targetWords = ({ address, described }: Target) =>
  `${formatAddress(address, formatEndpoint)}${described.product ? `, ${described.product.value}` : ''}`;

const SHOWN = 160;

function shortText(text: string): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function asJson({ clients, targets, unassigned }: Inventory) {
  return {
    schemaVersion: 1,
    clients: clients.map(({ client, targets: to, declarations }) => ({
      name: client.name,
      origin: client.origin,
      path: client.path,
      driver: client.driver.id,
      version: client.driver.version,
      endpoint: client.endpoint && formatEndpoint(client.endpoint),
      encrypt: client.settings.encrypt?.value ?? null,
      trustServerCertificate: client.settings.trustServerCertificate?.value ?? null,
      targets: to,
      declarations: declarations.map(declarationResult),
    })),
    targets: targets.map(({ target, clients: from, declarations }) => ({
      name: target.name,
      origin: target.origin,
      endpoint: formatAddress(target.address, formatEndpoint),
      product: target.described.product?.value ?? null,
      file: target.span.file,
      line: target.span.line,
      clients: from,
      declarations: declarations.map(declarationResult),
    })),
    unassigned: unassigned.map(({ declaration, reason }) => ({
      declaration: declarationResult(declaration),
      reason,
    })),
  };
}

const COLUMNS = ['client', 'target', 'kind', 'file', 'line', 'column', 'what', 'text', 'unassigned because'];

function asCsv({ clients, targets, unassigned }: Inventory): string {
  const row = (client: string, target: string, declared: DeclarationResult, reason: string) => [
    client,
    target,
    declared.kind,
    declared.file,
    String(declared.line),
    String(declared.column),
    declarationWords(declared),
    declared.text,
    reason,
  ];
  const rows = [
    COLUMNS,
    ...clients.flatMap(({ client, targets: to, declarations }) =>
      declarations.map((one) => row(client.name, to.join('; '), declarationResult(one), '')),
    ),
    ...targets.flatMap(({ target, clients: from, declarations }) =>
      declarations.map((one) => row(from.join('; '), target.name, declarationResult(one), '')),
    ),
    ...unassigned.map(({ declaration, reason }) => row('', '', declarationResult(declaration), reason)),
  ];
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins with these for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function renderExplanation(format: InventoryFormat, why: FileExplanation, style: Style): string {
  if (format === 'json') {
    const declarations = why.declarations.map(declarationResult);
    return `${JSON.stringify({ schemaVersion: 1, ...why, declarations }, null, 2).replaceAll('##[', '##\\u005b')}\n`;
  }
  const paint = painter(style);
  const lines = [
    paint.bold(`${printable(why.path)}: ${prose(why.verdict)}`),
    ...why.readers.map(({ id, found }) => `  reader ${id}: ${counted(found, 'declaration')}`),
    ...why.declarations.flatMap((one) => [
      `  ${one.span.line}:${one.span.column} ${prose(wordsOf(one))}`,
      ...(one.kind === 'unreadable' ? [] : [`    ${paint.dim(shortText(one.text))}`]),
    ]),
    ...why.passedOver.flatMap(({ line, text, reason }) => [
      `  ${line}: not taken: ${prose(reason)}`,
      `    ${paint.dim(shortText(text))}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
