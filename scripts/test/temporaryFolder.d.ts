export default function makeTemporaryFolder(): void;
export function removeTemporaryFolder(): void;
