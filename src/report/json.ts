/** The report as JSON: schema/check.schema.json. */
import type { CheckReport } from '../model/check-report.ts';

/** Two spaces, one newline at the end. */
export function renderJson(report: CheckReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
