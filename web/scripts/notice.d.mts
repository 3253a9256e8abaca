interface Section {
  readonly heading: string;
  readonly text: string;
}
export declare function packageOf(id: string, root: string): string | undefined;
export declare function sectionsOf(folders: Iterable<string>, root: string): Section[];
export declare function librariesIn(linked: string): string[];
export declare function runtimeSections(
  linked: string,
  emscripten: { root: string; version: string },
): Section[];
export declare function noticeOf(core: string, sections: readonly Section[]): string;
export declare function headingsOf(notice: string): string[];
