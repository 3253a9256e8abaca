type By = string | ((found: string, ...groups: string[]) => string);
export declare function replaceExactly(
  count: number,
  text: string,
  wanted: string | RegExp,
  by: By,
  where: string,
): string;
export declare function replaceOnce(
  text: string,
  wanted: string | RegExp,
  by: By,
  where: string,
): string;
