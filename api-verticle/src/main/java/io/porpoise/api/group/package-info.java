/**
 * Task groups: how many tasks of a group may run at a time. Masters give the slots out; here groups
 * are made, resized, looked at and deleted.
 */
package io.porpoise.api.group;
