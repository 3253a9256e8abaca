export declare function socialTags(about: {
  title: string;
  description: string;
  root: string;
  language?: string;
}): string;
export declare function withFrame(html: string): string;
