/** Reads arguments as `read` does; what node:util's parseArgs throws becomes the complaint to print. */
export function argumentsOr<T extends object>(read: () => T): T | { complaint: string } {
  try {
    return read();
  } catch (error) {
    return { complaint: error instanceof Error ? error.message : String(error) };
  }
}
