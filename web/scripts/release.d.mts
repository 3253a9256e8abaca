export declare function writeServiceWorker(site: string, source: string): void;
