# Both images have glibc: the library that hashes keys needs it.

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends maven postgresql
WORKDIR /build
COPY mvnw pom.xml .springjavaformatconfig ./
COPY .mvn .mvn
COPY src src
COPY release/assemble release/start release/Licences.java release/Strip.java release/
# Built, and trained, in the folder that it will run in: the cache of classes knows the paths of what it was made from.
RUN --mount=type=cache,target=/root/.m2 release/assemble /app
COPY release/train release/Training.java release/
RUN release/train /app

FROM debian:bookworm-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin triggers
COPY --from=build /app /app
USER 10001
WORKDIR /tmp
ENV PORT=8080 LOG_FORMAT=json
EXPOSE 8080
# Live, not ready: an instance whose database is away need not be replaced.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health/live HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/start"]
