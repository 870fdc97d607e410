export function ask(port: number, request: Buffer): Promise<{ headers: Record<string, string>; body: string }>;
