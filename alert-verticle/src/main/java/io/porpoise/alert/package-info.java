/**
 * The alert node. For now it is a member of the cluster and nothing more: it joins, tells that it
 * lives, and leaves. The outbox of alerts and their delivery come with the alerts themselves;
 * masters write no alerts yet.
 */
package io.porpoise.alert;
