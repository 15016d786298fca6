/** Does jobs, some at a time, and hands over each result in the order of the jobs as soon as all before it are there. */
export async function inOrder<Job, Result>(
  jobs: readonly Job[],
  concurrency: number,
  work: (job: Job) => Promise<Result>,
  use: (result: Result) => void,
): Promise<void> {
  const waiting = new Map<number, Result>();
  let begun = 0;
  let used = 0;
  const worker = async () => {
    while (begun < jobs.length) {
      const index = begun;
      begun += 1;
      const result = await work(jobs[index] as Job);
      waiting.set(index, result);
      for (let next = waiting.get(used); next !== undefined; next = waiting.get(used)) {
        waiting.delete(used);
        used += 1;
        use(next);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, jobs.length) }, worker));
}
