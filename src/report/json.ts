/** The report as JSON: schema/check.schema.json. */
import type { CheckReport } from '../model/check-report.ts';
import type { Evidence } from '../model/evidence.ts';

/** Two spaces, one newline at the end. Spans of evidence stand as file, line and column: offsets mean nothing outside. */
export function renderJson(report: CheckReport): string {
  const findings = report.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(placed) }));
  const text = JSON.stringify({ ...report, findings }, null, 2);
  // The runner obeys `##[command]` anywhere in a line of a step's log; the escape is the same JSON.
  return `${text.replaceAll('##[', '##\\u005b')}\n`;
}

function placed({ span, ...evidence }: Evidence) {
  if (!span) return evidence;
  const { file, line, column, endLine, endColumn } = span;
  return { ...evidence, span: { file, line, column, endLine, endColumn } };
}
