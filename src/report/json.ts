/** The report as JSON: schema/check.schema.json. */
import type { Change } from '../model/change.ts';
import type { CheckReport } from '../model/check-report.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ExplainedPair, PairExplanation } from '../model/explanation.ts';
import type { Span } from '../model/span.ts';

/** Two spaces, one newline at the end. Spans of evidence and of edits stand as file, line and column: offsets mean nothing outside. */
export function renderJson(report: CheckReport): string {
  const findings = report.findings.map((finding) => ({
    ...finding,
    changes: finding.changes.map(shownChange),
    evidence: finding.evidence.map(placed),
  }));
  return jsonText({ ...report, findings });
}

/** The same of an explanation: schema/explain.schema.json. */
export function renderExplanationJson({ pair, planned, ...rest }: PairExplanation): string {
  const shown = (one: ExplainedPair) => ({
    ...one,
    steps: one.steps.map((step) => ({ ...step, evidence: step.evidence.map(placed) })),
    changes: one.changes.map(shownChange),
  });
  return jsonText({ ...rest, pair: shown(pair), planned: planned && shown(planned) });
}

export function jsonText(document: object): string {
  const text = JSON.stringify(document, null, 2);
  // The runner obeys `##[command]` anywhere in a line of a step's log; the escape is the same JSON.
  return `${text.replaceAll('##[', '##\\u005b')}\n`;
}

function placed({ span, ...evidence }: Evidence) {
  return span ? { ...evidence, span: withoutOffsets(span) } : evidence;
}

const shownChange = (change: Change) =>
  change.kind === 'edit' ? { ...change, span: withoutOffsets(change.span) } : change;

const withoutOffsets = ({ file, line, column, endLine, endColumn }: Span) => ({
  file,
  line,
  column,
  endLine,
  endColumn,
});
