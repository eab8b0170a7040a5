type Arrows = Readonly<Record<string, readonly string[]>>;

export const WORKSPACES: Arrows;
export const ENTRIES: Readonly<Record<string, Arrows>>;
export const FOLDERS: Readonly<Record<string, Arrows>>;
