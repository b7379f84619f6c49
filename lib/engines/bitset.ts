/** A set of small non-negative integers as bits. `size` is fixed; ids at or above it are never members. */
export class Bitset {
  readonly words: Uint32Array;
  readonly size: number;

  constructor(size: number, words = new Uint32Array((size + 31) >>> 5)) {
    this.size = size;
    this.words = words;
  }

  has(id: number): boolean {
    return id < this.size && ((this.words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0;
  }

  add(id: number): void {
    if (id >= this.size) throw new RangeError(`id ${id} outside a set of ${this.size}`);
    this.words[id >>> 5] = (this.words[id >>> 5] ?? 0) | (1 << (id & 31));
  }

  /** Adds every member of `other`, which has the same size. Returns this. */
  addAll(other: Bitset): this {
    for (let index = 0; index < this.words.length; index += 1) {
      this.words[index] = (this.words[index] ?? 0) | (other.words[index] ?? 0);
    }
    return this;
  }

  /** Keeps only members of `other`, which has the same size. Returns this. */
  retainAll(other: Bitset): this {
    for (let index = 0; index < this.words.length; index += 1) {
      this.words[index] = (this.words[index] ?? 0) & (other.words[index] ?? 0);
    }
    return this;
  }

  clone(): Bitset {
    return new Bitset(this.size, this.words.slice());
  }

  isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  count(): number {
    let total = 0;
    for (const word of this.words) total += bitCount(word);
    return total;
  }

  /** Members in rising order. */
  *[Symbol.iterator](): Generator<number> {
    for (let index = 0; index < this.words.length; index += 1) {
      let word = this.words[index] ?? 0;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        yield index * 32 + bit;
        word &= word - 1;
      }
    }
  }
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const quads = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((quads + (quads >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
