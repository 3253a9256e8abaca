export declare function makeRelease(name: string): string;
