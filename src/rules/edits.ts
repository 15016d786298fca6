import type { Change } from '../model/change.ts';
import type { Span } from '../model/span.ts';

/** Other text at a place. `safe`: nothing else has to change with it. */
export const editTo = (span: Span, newText: string, safe: boolean): Change => ({
  kind: 'edit',
  span,
  newText,
  safe,
});
