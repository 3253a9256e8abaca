export interface LaunchOptions {
  readonly executablePath: string;
  readonly chromiumSandbox: boolean;
  readonly args: string[];
}
/** For the user with this number; none where the system has no numbers of users. */
export declare function launchOptionsFor(uid: number | undefined): LaunchOptions;
export declare const launchOptions: LaunchOptions;
/** The same for Puppeteer. */
export declare function puppeteerOptionsFor(
  uid: number | undefined,
): Omit<LaunchOptions, "chromiumSandbox">;
export declare const puppeteerOptions: Omit<LaunchOptions, "chromiumSandbox">;
