export function Logo({ size = 24 }: { size?: number }) {
  return <img src="/porpoise.svg" width={size} height={size} alt="" style={{ display: 'block', flex: 'none' }} />;
}
