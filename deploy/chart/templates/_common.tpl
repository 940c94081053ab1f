{{- define "lernstadt.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
{{- define "lernstadt.pod" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: {type: RuntimeDefault}
{{- end }}
{{- define "lernstadt.mounts" -}}
- {name: files, mountPath: /var/lib/lernstadt}
- {name: memory, mountPath: /tmp}
{{- end }}
{{- define "lernstadt.volumes" -}}
- name: files
  emptyDir: {sizeLimit: 2Gi}
- name: memory
  emptyDir: {sizeLimit: 2Gi}
{{- end }}
{{- define "lernstadt.settings" -}}
- configMapRef: {name: {{ .Release.Name }}-settings}
- secretRef: {name: {{ .Values.secret }}}
{{- end }}
{{- define "lernstadt.database" -}}
- name: DATABASE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ .Values.appSecret }}, key: password}}
- name: DATABASE_URL
  value: postgresql://app:$(DATABASE_PASSWORD)@{{ .Release.Name }}-pooler:5432/lernstadt
{{- end }}
