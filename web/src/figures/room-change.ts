/** A figure that fills a box says how much more height it would have by itself, in pixels; negative for less. */
export class RoomChange extends CustomEvent<{ readonly more: number }> {
  static readonly type = "room-change";

  constructor(more: number) {
    super(RoomChange.type, { detail: { more }, bubbles: true, composed: true });
  }

  static is(event: Event): event is RoomChange {
    return event instanceof RoomChange;
  }
}
