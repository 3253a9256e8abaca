export interface RoomWindow {
  readonly width: number;
  readonly most?: number;
}
export declare const WINDOWS: readonly RoomWindow[];
export type Rooms = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
export declare function readRooms(web: string): Rooms;
export declare function roomsCss(rooms: Rooms): string;
export declare function writeRooms(web: string): void;
