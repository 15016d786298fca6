/** `explain` of a pair in a terminal: a page that somebody pastes into a ticket. */
import type { ExplainedPair, ExplainedStep, PairExplanation } from '../model/explanation.ts';
import { displayWidth, padded, wrapped } from './display-width.ts';
import { type Paint, painter, type Style } from './style.ts';
import { MARKS, prose, SCENARIOS } from './words.ts';

/** Wider lines do not survive a ticket. */
const WIDEST = 100;
const LABEL = 15;

export function renderExplanation({ pair, planned }: PairExplanation, style: Style): string {
  const pages = [pair, ...(planned ? [planned] : [])].map((one) => page(one, style));
  return pages.join('\n');
}

function page(pair: ExplainedPair, style: Style): string {
  const paint = painter(style);
  const width = Math.min(style.width, WIDEST);
  const blocks = [
    headline(pair, width, paint),
    section('Understood', understood(pair), width, paint),
    steps(pair, width, paint),
    section('', ending(pair), width, paint),
    cases(pair, width, paint),
    systems(pair, width, paint),
    advice(pair, width, paint),
    listed('Sources', pair.sources, width, paint),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

const OUTCOMES = {
  connects: 'CONNECTS',
  fails: 'FAILS',
  'may-fail': 'MAY FAIL',
  unknown: 'NOT KNOWN',
} as const;

function headline(pair: ExplainedPair, width: number, paint: Paint): string[] {
  const { outcome, scenario, protocol, suite, reason } = pair;
  const planned =
    pair.when === 'current' ? '' : pair.from === null ? ' as planned' : ` from ${pair.from} on, as planned`;
  const what =
    outcome === 'connects'
      ? protocol === null
        ? 'without TLS'
        : `with ${protocol}${suite === null ? '' : ` and ${suite}`}`
      : scenario === null
        ? ''
        : `scenario ${scenario}: ${SCENARIOS[scenario].title}`;
  const title = prose(
    `${OUTCOMES[outcome]}${planned}${what === '' ? '' : outcome === 'connects' ? ` ${what}` : ` (${what})`}`,
  );
  const said = outcome === 'connects' && reason === `${protocol} with ${suite}` ? '' : ` ${sentence(reason)}`;
  const lines = wrapped(`${title}.${said}`, width);
  const color =
    outcome === 'connects'
      ? paint.good
      : (text: string) => paint.level(outcome === 'fails' ? 'error' : 'warning', text);
  return lines.map((line, at) => (at === 0 ? color(line) : line));
}

type Row = readonly [label: string, text: string | null];

function understood(pair: ExplainedPair): readonly Row[] {
  const { driver, version, stack, product, build, os, certificate, encrypt, trustServerCertificate } =
    pair.understood;
  const number = build === null ? null : product === null ? `build ${build}` : `(${build})`;
  const server = [product, number].filter((part) => part !== null).join(' ');
  const settings = [
    encrypt === null ? null : `Encrypt=${encrypt}`,
    trustServerCertificate === null ? null : `TrustServerCertificate=${trustServerCertificate}`,
  ].filter((part) => part !== null);
  return [
    ['client', pair.client === 'the client' ? null : pair.client],
    ['driver', driver === null ? 'none' : `${driver}${version === null ? ', any version' : ` ${version}`}`],
    ['runs on', stack],
    ['settings', settings.join(', ') || null],
    ['server', pair.target === 'the server' ? null : pair.target],
    ['product', server || 'not said'],
    ['system', os ?? 'not said'],
    ['certificate', certificate],
    ...pair.notUnderstood.map((text, at): Row => [at === 0 ? 'not understood' : '', text]),
  ];
}

const RESULTS: Readonly<Record<ExplainedStep['result'], string>> = {
  passes: MARKS.connects,
  dies: MARKS.fails,
  'may-die': MARKS['may-fail'],
  unknown: MARKS.unknown,
  'not-reached': MARKS.absent,
};

const NAMES: Readonly<Record<ExplainedStep['step'], string>> = {
  tcp: 'TCP',
  prelogin: 'PRELOGIN',
  version: 'TLS version',
  'cipher-suite': 'cipher suite',
  certificate: 'certificate',
  'key-exchange': 'key exchange',
  finished: 'Finished',
};

function steps(pair: ExplainedPair, width: number, paint: Paint): string[] {
  if (pair.steps.length === 0) return [];
  const of = pair.steppedThrough === null ? '' : `, on ${prose(pair.steppedThrough)}`;
  return [
    ...wrapped(`The handshake step by step${of}`, width).map((line) => paint.bold(line)),
    ...pair.steps.flatMap((one, at) => step(one, at + 1, width, paint)),
  ];
}

function step(one: ExplainedStep, number: number, width: number, paint: Paint): string[] {
  const title = `${RESULTS[one.result]} ${number} ${NAMES[one.step]}`;
  if (one.result === 'not-reached')
    return [paint.dim(`  ${padded(title, LABEL + 2)} ${one.detail ?? 'not reached'}`)];
  const mark = one.result === 'passes' ? (text: string) => text : paintOf(one, paint);
  const rows = [
    `client: ${one.client}`,
    `server: ${one.server}`,
    ...(one.detail === null ? [] : [`→ ${one.detail}`]),
  ].flatMap((text) => indented(text, width - LABEL - 5, text.startsWith('→') ? 2 : 8));
  return rows.map((text, at) => {
    const label = padded(at === 0 ? title : '', LABEL + 2);
    return `  ${at === 0 ? mark(label) : label} ${text.startsWith('→') ? mark(text) : text}`;
  });
}

const paintOf =
  ({ result }: ExplainedStep, paint: Paint) =>
  (text: string) =>
    paint.level(result === 'dies' ? 'error' : 'warning', text);

function ending({ wire, error, fix, changes, outcome, confidence, rule }: ExplainedPair): readonly Row[] {
  const commands = changes.flatMap((change) => (change.kind === 'command' ? [change.text] : []));
  const dies = outcome === 'fails' || outcome === 'may-fail';
  return [
    ['on the wire', wire?.words ?? null],
    ['error shown', error?.text ?? null],
    ['smallest fix', fix ?? (dies ? 'no rule knows one' : null)],
    ...commands.map((text): Row => ['', text]),
    ['rule', rule],
    ['confidence', confidence],
  ];
}

/** More cases than this are counted. */
const MOST_CASES = 12;

/** The other cases, gathered by how they end. */
function cases(pair: ExplainedPair, width: number, paint: Paint): string[] {
  const ends = new Map<string, string[]>();
  for (const one of pair.cases) {
    const end = `${MARKS[one.outcome]} ${one.reason}`;
    const label = one.condition === null ? one.label : `${one.label} ${one.condition}`;
    ends.set(end, [...new Set([...(ends.get(end) ?? []), label])]);
  }
  const count = [...ends.values()].flat().length;
  if (count < 2) return [];
  const shown = [...ends].slice(0, MOST_CASES);
  return [
    paint.bold(`Every case (${count})`),
    ...shown.flatMap(([end, names]) => [
      ...indented(prose(end), width - 2, 2).map((line) => `  ${line}`),
      ...wrapped(prose(few(names)), width - 6).map((line) => paint.dim(`      ${line}`)),
    ]),
    ...(ends.size > shown.length
      ? [`  and ${ends.size - shown.length} more ways to end: --format json has them`]
      : []),
  ];
}

/** More names than this are counted. */
const MOST_NAMES = 6;
const few = (names: readonly string[]) =>
  names.length <= MOST_NAMES
    ? names.join('; ')
    : `${names.slice(0, MOST_NAMES).join('; ')}; and ${names.length - MOST_NAMES} more`;

function systems(pair: ExplainedPair, width: number, paint: Paint): string[] {
  if (pair.systems.length === 0) return [];
  return [
    paint.bold("By the server's system"),
    ...pair.systems.flatMap(({ os, outcome, reason }) =>
      indented(prose(`${MARKS[outcome]} ${os}: ${reason}`), width - 2, 2).map((line) => `  ${line}`),
    ),
  ];
}

function advice(pair: ExplainedPair, width: number, paint: Paint): string[] {
  // Mere notices are not for a ticket; JSON has them.
  const shown = pair.advice.filter(({ level }) => level !== 'notice');
  if (shown.length === 0) return [];
  return [
    paint.bold('Beside it'),
    ...shown.flatMap(({ level, rule, message, fix }) =>
      indented(prose(`${level} ${rule}: ${sentence(message)} ${fix}`), width - 2, 2).map(
        (line) => `  ${line}`,
      ),
    ),
  ];
}

function section(title: string, rows: readonly Row[], width: number, paint: Paint): string[] {
  const lines = rows.flatMap(([label, text]) =>
    text === null
      ? []
      : wrapped(prose(text), width - LABEL - 3).map(
          (line, at) => `  ${padded(at === 0 ? label : '', LABEL)} ${line}`,
        ),
  );
  return lines.length === 0 || title === '' ? lines : [paint.bold(title), ...lines];
}

function listed(title: string, texts: readonly string[], width: number, paint: Paint): string[] {
  if (texts.length === 0) return [];
  return [
    paint.bold(title),
    ...texts.flatMap((text) => indented(prose(text), width - 2, 2).map((line) => `  ${line}`)),
  ];
}

/** Wrapped, with what follows the first line moved in. */
function indented(text: string, width: number, by: number): string[] {
  const whole = prose(text);
  const [first = '', ...rest] = wrapped(whole, width);
  if (rest.length === 0) return [first];
  const more = wrapped(whole.slice(first.length + 1), width - by);
  return [first, ...more.map((line) => `${' '.repeat(by)}${line}`)];
}

function sentence(text: string): string {
  const clean = prose(text);
  const whole = `${clean.charAt(0).toUpperCase()}${clean.slice(1)}`;
  return displayWidth(whole) === 0 || /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
