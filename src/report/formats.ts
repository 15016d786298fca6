/** Every output format by its name. */
import type { CheckReport, ReportContext } from '../model/check-report.ts';
import { renderWorkflowCommands } from './github.ts';
import { renderJson } from './json.ts';
import type { Style } from './style.ts';
import { renderSummary } from './summary.ts';
import { renderTerminal } from './terminal.ts';

export const FORMATS = ['terminal', 'json', 'github', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export function render(format: Format, report: CheckReport, context: ReportContext, style: Style): string {
  switch (format) {
    case 'terminal':
      return renderTerminal(report, context, style);
    case 'json':
      return renderJson(report);
    case 'github':
      return renderWorkflowCommands(report);
    case 'markdown':
      return renderSummary(report, context);
  }
}
