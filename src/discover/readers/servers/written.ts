/** A value of infrastructure as code with its place; what stands in a variable has no value. */
import type { Place } from '../tls-policy-declaration.ts';

export interface Written extends Place {
  readonly value: string | null;
}
