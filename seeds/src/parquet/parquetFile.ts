import { open } from 'node:fs/promises';
import { fileWriter, ParquetWriter, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer';

/** The columns of a file: a flat one by its type, a list by that of its elements. */
export type ParquetSchema = Readonly<Record<string, ParquetColumn>>;

export interface ParquetColumn {
  readonly type: 'INT32' | 'STRING';
  /** Values may be null; else none is. */
  readonly isNullable?: boolean;
  /** Each value is a list of the type, none null. */
  readonly isList?: boolean;
}

/** Values by column, all of one length. */
export type ParquetColumns = Readonly<Record<string, ColumnSource['data']>>;

/** A Parquet file in the making, compressed by Snappy; in memory is one group of rows at a time. */
export class ParquetFile {
  readonly #path: string;
  readonly #writer: ParquetWriter;

  /** @param facts stand in the file's footer, by name */
  constructor(path: string, schema: ParquetSchema, facts: Readonly<Record<string, string>>) {
    this.#path = path;
    this.#writer = new ParquetWriter({
      writer: fileWriter(path),
      schema: elementsOf(schema),
      kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })),
      createdBy: 'PocketRocket',
    });
  }

  /** Writes one group of rows. */
  async writeGroup(columns: ParquetColumns): Promise<void> {
    const columnData = Object.entries(columns).map(([name, data]) => ({ name, data }));
    const rowGroupSize = Math.max(1, columnData[0]?.data.length ?? 0);
    await this.#writer.write({ columnData, rowGroupSize });
  }

  /** Writes the footer, without which there is no file, and waits for the disk. */
  async finish(): Promise<void> {
    await this.#writer.finish();
    const file = await open(this.#path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

type SchemaElement = NonNullable<ParquetWriteOptions['schema']>[number];

function elementsOf(schema: ParquetSchema): SchemaElement[] {
  const columns = Object.entries(schema);
  return [{ name: 'schema', num_children: columns.length }, ...columns.flatMap(columnElements)];
}

/** Source of a list's shape: LogicalTypes.md of Apache Parquet, section "Lists". */
function columnElements([name, { type, isNullable, isList }]: [string, ParquetColumn]): SchemaElement[] {
  const repetition_type = isNullable ? 'OPTIONAL' : 'REQUIRED';
  const scalar: Omit<SchemaElement, 'name'> =
    type === 'STRING' ? { type: 'BYTE_ARRAY', converted_type: 'UTF8' } : { type };
  if (!isList) return [{ name, ...scalar, repetition_type }];
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...scalar, repetition_type: 'REQUIRED' },
  ];
}
