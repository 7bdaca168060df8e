// Undo and redo without limit, over values that are never changed in place.
export class History<T> {
  private readonly past: T[] = [];
  private future: T[] = [];

  constructor(public present: T) {}

  // Changes that follow each other under the same `gesture` (a drag) are one step.
  private gesture: string | null = null;

  push(next: T, gesture: string | null = null): void {
    if (gesture === null || gesture !== this.gesture) this.past.push(this.present);
    this.gesture = gesture;
    this.present = next;
    this.future = [];
  }
  undo(): T {
    const last = this.past.pop();
    if (last === undefined) return this.present;
    this.future.push(this.present);
    this.gesture = null;
    return (this.present = last);
  }
  redo(): T {
    const next = this.future.pop();
    if (next === undefined) return this.present;
    this.past.push(this.present);
    this.gesture = null;
    return (this.present = next);
  }
  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }
}
