#!/bin/sh
# red-catalog as its own user, in the catalogue's folder, with the secrets that the units have.
# Copy to /usr/local/sbin/red-catalog; needs root.
set -a
umask 027
HOME=/srv/red-catalog
cd "$HOME" || exit 2
[ ! -e /etc/red-catalog.env ] || . /etc/red-catalog.env
exec setpriv --reuid red-catalog --regid red-catalog --init-groups \
	/opt/red-catalog/bin/red-catalog "$@"
