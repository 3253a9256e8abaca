export declare function filesBelow(folder: string): string[];
export declare function writeServiceWorker(site: string, source: string): void;
