export declare function makeRelease(name: string): string;
export declare function unpackRelease(releases?: string): string;
