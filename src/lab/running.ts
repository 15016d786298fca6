/** A lab server that listens. */
export interface RunningLab {
  readonly port: number;
  close(): Promise<void>;
}
