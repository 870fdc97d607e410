# docker build -t cloudauth-mock . && docker run -p 127.0.0.1:4520:4520 -v cloudauth:/data cloudauth-mock
# Flags go after the image's name: docker run … cloudauth-mock --device manual

FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY .ci/build.mjs .ci/commonjs.mjs .ci/on-demand.mjs .ci/one-file.mjs .ci/page-scripts.mjs .ci/sbom.mjs .ci/stamp.mjs .ci/types.mjs .ci/
COPY src src
# better-sqlite3 is a development dependency too, and those are pruned; pg is for whoever keeps state in PostgreSQL
RUN npm run build && npm pkg delete devDependencies && npm pkg set 'dependencies.pg=^8.0.0' && npm prune --ignore-scripts

FROM node:22-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin cloudauth \
    && mkdir /data \
    && chown 10001:10001 /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY scenarios scenarios
# as variables, so that `-e` and flags both override them and the healthcheck sees the same values
ENV NODE_ENV=production \
    CLOUDAUTH_MOCK_HOST=0.0.0.0 \
    CLOUDAUTH_MOCK_PORT=4520 \
    CLOUDAUTH_MOCK_DB=/data/cloudauth-mock.db \
    CLOUDAUTH_MOCK_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 4520 4543 4580
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["node", "dist/cli.js", "healthcheck"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["start"]
