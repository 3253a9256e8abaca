export declare const LANGUAGES: readonly ["en", "zh"];
export declare const CHAPTERS: readonly string[];
export declare function readGuide(web: string, language: string): string;
export interface CourseFigure {
  readonly lab: string;
  readonly state: string;
  readonly only?: string;
  /** Parts and fields that are left out. */
  readonly hide?: string;
  /** The one field that stays, of all. */
  readonly show?: string;
}
export type CourseFigures = Readonly<Record<string, CourseFigure>>;
export declare function readFigures(web: string): CourseFigures;
export declare function readChapters(
  web: string,
  language: string,
): Readonly<Record<string, string>>;
/** Names of a chapter's sections, in order. */
export declare function sectionsOf(english: string): readonly string[];
export declare function renderer(
  language: string,
  figures: CourseFigures,
): {
  readonly render: (text: string) => string;
  readonly seen: {
    readonly figures: readonly string[];
    readonly formulas: readonly string[];
    readonly questions: number;
  };
};
