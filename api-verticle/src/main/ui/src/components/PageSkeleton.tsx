import { Skeleton } from '@mantine/core';

/** Stands where a page will be, in its shape, while its code comes. */
export function PageSkeleton() {
  return (
    <div style={{ maxWidth: 1440, margin: '0 auto', padding: '24px 24px' }} aria-busy="true">
      <Skeleton height={28} width={240} mb={24} />
      <Rows count={8} />
    </div>
  );
}

export function Rows({ count, height = 40 }: { count: number; height?: number }) {
  return (
    <div aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height - 8} my={8} radius="sm" />
      ))}
    </div>
  );
}
