import { ActionIcon, Button, type ActionIconProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Anchor<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

/** A link that looks like a button, with the checked addresses of the router. */
export const ButtonLink = createLink((props: Anchor<ButtonProps>) => <Button component="a" {...props} />);

export const ActionIconLink = createLink((props: Anchor<ActionIconProps>) => <ActionIcon component="a" {...props} />);
