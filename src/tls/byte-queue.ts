/** Bytes that wait for the rest of their message, however small the pieces: joined once, not with each piece. */
export class ByteQueue {
  #pieces: Uint8Array[] = [];
  #length = 0;

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** The first `length` bytes, left where they are; `null` while there are fewer. */
  peek(length: number): Buffer | null {
    if (this.#length < length) return null;
    const first = this.#pieces[0];
    return first && first.length >= length ? asBuffer(first).subarray(0, length) : this.#joined(length);
  }

  /** The same, taken out. */
  take(length: number): Buffer | null {
    if (this.#length < length) return null;
    const taken = this.#joined(length);
    const rest = asBuffer(this.#pieces[0] ?? taken).subarray(length);
    if (rest.length > 0) this.#pieces[0] = rest;
    else this.#pieces.shift();
    this.#length -= length;
    return taken;
  }

  /** Makes the first piece at least `length` bytes long. */
  #joined(length: number): Buffer {
    let count = 0;
    for (let held = 0; held < length; count += 1) held += this.#pieces[count]?.length ?? length;
    const first =
      count === 1
        ? asBuffer(this.#pieces[0] ?? new Uint8Array())
        : Buffer.concat(this.#pieces.slice(0, count));
    if (count > 1) this.#pieces.splice(0, count, first);
    return first.subarray(0, length);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
