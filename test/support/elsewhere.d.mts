export const elsewhere: Map<string, string[]>;
export const asked: string[];
