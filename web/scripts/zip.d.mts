export declare function zipOf(folder: string, seconds: number): Uint8Array;
