/** Effort of a vertex that is not reached. */
export const UNREACHED = 0xffff;

/** A list of vertices that keeps its room when it is emptied. */
export class VertexList {
  length = 0;
  #items = new Uint32Array(64);

  push(vertex: number): void {
    if (this.length === this.#items.length) {
      const items = new Uint32Array(this.length * 2);
      items.set(this.#items);
      this.#items = items;
    }
    this.#items[this.length] = vertex;
    this.length += 1;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

/**
 * The arrays of a search, an entry for each vertex. A space that is kept for the next search costs that one only what it visits: on a large graph most
 * searches end near their start, and a megabyte each to allocate and to collect is what they would cost otherwise.
 */
export class SearchSpace {
  effort = new Uint16Array(0);
  /** Steps of the way that was found, for ways of equal effort. */
  length = new Uint16Array(0);
  step = new Int32Array(0);
  done = new Uint8Array(0);
  readonly #reached = new VertexList();
  readonly #buckets: VertexList[] = [];

  /** Forgets the last search, whose results are gone, and makes room for a graph of some size. */
  clear(vertexCount: number): void {
    if (vertexCount > this.effort.length) {
      // Changed graphs have a few vertices more than the one before.
      const size = vertexCount + (this.effort.length === 0 ? 0 : vertexCount >>> 4);
      this.effort = new Uint16Array(size).fill(UNREACHED);
      this.length = new Uint16Array(size);
      this.step = new Int32Array(size).fill(-1);
      this.done = new Uint8Array(size);
    } else
      for (let index = 0; index < this.#reached.length; index += 1) {
        const vertex = this.#reached.at(index);
        this.effort[vertex] = UNREACHED;
        this.length[vertex] = 0;
        this.step[vertex] = -1;
        this.done[vertex] = 0;
      }
    this.#reached.length = 0;
    for (const bucket of this.#buckets) bucket.length = 0;
  }

  /** The vertices to look at when some effort is spent, in order of arrival. */
  bucket(effort: number): VertexList {
    let bucket = this.#buckets[effort];
    while (!bucket) {
      this.#buckets.push(new VertexList());
      bucket = this.#buckets[effort];
    }
    return bucket;
  }

  /** Buckets below this effort exist. */
  get bucketCount(): number {
    return this.#buckets.length;
  }

  /** Enters a way to a vertex that is better than what was known. */
  enter(vertex: number, effort: number, length: number, step: number): void {
    if (this.effort[vertex] === UNREACHED) this.#reached.push(vertex);
    this.effort[vertex] = effort;
    this.length[vertex] = length;
    this.step[vertex] = step;
  }
}
